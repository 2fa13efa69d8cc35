/** Warum die Planung, ein Mensch oder eine Regel eine Nachricht beendet hat. */
const reasons: Record<string, string> = {
  past: 'ihr Zeitpunkt bei der Planung schon vorbei war',
  unplanned: 'der Plan sie nicht mehr enthält',
  goal_reached: 'das Ziel des Ablaufs erreicht war',
  exited: 'der Kontakt den Ablauf verlassen hat',
  subject_cancelled: 'das, worum es geht, abgesagt wurde',
  subject_missing: 'es das, worum es geht, nicht mehr gibt',
  flow_stopped: 'der Durchlauf angehalten wurde',
  cancelled_by_person: 'ein Mensch sie abgesagt hat',
  suppressed: 'die Adresse gesperrt ist',
  opted_out: 'der Empfänger widersprochen hat',
  no_consent: 'die Einwilligung fehlt',
  no_address: 'für ihre Kanäle keine Adresse da ist',
  condition_not_met: 'die Bedingung ihres Schritts nicht erfüllt ist',
  window_closed: 'das 24-Stunden-Fenster des Kanals geschlossen ist',
  contact_missing: 'es den Kontakt nicht gibt',
  contact_erased: 'der Kontakt gelöscht wurde',
  template_missing: 'es keine Vorlage dafür gibt',
  not_decided: 'sie sich wiederholt nicht entscheiden ließ',
  not_rendered: 'ihr Inhalt nicht erstellt werden konnte',
  expired: 'ihre Zeit vorbei war',
  rejected: 'der Anbieter sie abgelehnt hat',
  awaiting_report: 'der Anbieter nicht geantwortet hat; auf seine Meldung wird gewartet',
  no_answer: 'der Anbieter nicht geantwortet hat und nichts verrät, ob sie ankam',
  key_window_over: 'der Anbieter nicht geantwortet hat und es für eine sichere Wiederholung zu spät ist',
  not_repeatable: 'sie angekommen sein kann und sich jetzt nicht sicher wiederholen lässt',
  no_report: 'der Anbieter weder geantwortet noch etwas gemeldet hat',
  not_reported: 'wer sie senden sollte, nicht gemeldet hat, was aus ihr wurde',
  awaiting_claim: 'sie darauf wartet, dass ein Workflow sie abholt',
  awaiting_permit: 'wer sie sendet, nicht erneut gefragt hat',
  no_connection: 'keine Verbindung ihren Kanal bedient',
  no_allowed_hours: 'die erlaubten Zeiten keine Zeit übrig lassen',
  connection_unusable: 'ihre Verbindung nicht benutzbar ist',
  flow_paused: 'ihr Ablauf angehalten ist',
  campaign_paused: 'ihre Kampagne angehalten ist',
  campaign_cancelled: 'ihre Kampagne abgesagt wurde',
  restored:
    'sie zwischen einer Sicherung und deren Wiederherstellung fällig war und da schon hinausgegangen sein kann',
  previous_step_cancelled: 'der Schritt davor abgesagt wurde',
};

/** The reason as the end of a sentence. */
export const because = (reason: unknown): string => {
  if (typeof reason !== 'string') return '';
  return Object.hasOwn(reasons, reason) ? `, weil ${reasons[reason]}` : ` (Grund: „${reason}“)`;
};

/** On which channel. */
export const on = (facts: Record<string, unknown>): string =>
  typeof facts.channel === 'string' ? ` (${facts.channel})` : '';
