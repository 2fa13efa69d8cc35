export const themeKey = 'halyard-theme';

/** Before the first paint, so that nothing flashes; its hash is in the page's policy. */
export const themeScript = `try{var t=localStorage.getItem('${themeKey}');if(t)document.documentElement.dataset.theme=t}catch(e){}`;
