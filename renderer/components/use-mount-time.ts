import { useState } from 'react';

/** When the component came up, as an ISO time. */
export function useMountTime(): string {
  const [time] = useState(() => new Date().toISOString());
  return time;
}
