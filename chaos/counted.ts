/** Requests that a process has answered with this status, as it says itself at /metrics. */
export async function answeredWith(url: string, status: number): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counts = text.matchAll(
    new RegExp(`^halyard_http_request_duration_seconds_count\\{.*status="${status}".*\\} (\\d+)`, 'gm'),
  );
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Bytes of memory that a process holds. */
export async function memoryOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1] ?? 0);
}
