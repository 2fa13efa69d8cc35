/** An error as Halyard tells it (RFC 9457): `detail` is a sentence that says what to do. */
export interface Problem {
  title?: string;
  detail?: string;
  code?: string;
  request_id?: string;
  errors?: { path: string; message: string }[];
}

interface ShownProblem {
  message: string;
  description: string;
  httpCode: string;
}

/** What a person reads in n8n of an answer that is not 2xx: the sentence, and below it which field is meant. */
export function shownProblem(status: number, answer: unknown): ShownProblem {
  const { title, detail, code, errors = [], request_id: id } = problemIn(answer);
  const fields = errors
    .map(({ path, message }) => (path ? `${path}: ${message}` : message))
    .filter((field) => field !== detail);
  const about = [code, `HTTP ${status}`, id && `request ${id}`].filter(Boolean).join(', ');
  return {
    message: detail ?? title ?? `Halyard answered ${status}`,
    description: [...fields, `(${about})`].join('\n'),
    httpCode: String(status),
  };
}

function problemIn(answer: unknown): Problem {
  if (typeof answer === 'object' && answer !== null) return answer as Problem;
  try {
    const parsed: unknown = JSON.parse(String(answer));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Problem) : {};
  } catch {
    return {};
  }
}
