'use client';
import { useEffect, useState } from 'react';

const pause = 250;

/** What is typed is there at once, and passed on when the typing pauses. What comes from elsewhere replaces it. */
export function useTyped(value: string, onPause: (typed: string) => void): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    if (value !== typed.trim()) setTyped(value);
  }
  useEffect(() => {
    const text = typed.trim();
    if (text === value) return;
    const timer = setTimeout(() => onPause(text), pause);
    return () => clearTimeout(timer);
  }, [typed, value, onPause]);
  return [typed, setTyped];
}
