/** One page of a list, newest first. `cursor` is opaque to everyone but the store that made it. */
export interface PageRequest {
  limit: number;
  cursor?: string;
}

export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}
