import { describe, expect, it } from 'vitest';
import { aNight, DAY_OF, NOON } from './reconciled-night.ts';

describe('reconciliation', () => {
  it('does not stop at a zone that is none', async () => {
    const { memory, reader, enter, reconcile } = await aNight();
    await reader({ address: 'odd@example.com', preferences: { zone: 'Nowhere/Land' } });
    const fine = await reader({ address: 'fine@example.com' });
    await enter(fine);
    expect(await reconcile()).toMatchObject({ due: 1, sent: 1 });
    expect(memory.log.lines.filter(({ event }) => event === 'reconcile.broken')).toHaveLength(1);
  });

  it('does not stop at a row that cannot be read, but at a store that cannot', async () => {
    const { memory, reader, enter, reconcile } = await aNight();
    const odd = await reader({ address: 'odd@example.com' });
    const fine = await reader({ address: 'fine@example.com' });
    await enter(fine);
    const failingFor = (is: (id: string) => boolean) => ({
      ...memory.deliveries,
      between: async (...[id, ...dates]: Parameters<typeof memory.deliveries.between>) => {
        if (is(id)) throw new Error('stored row cannot be read');
        return memory.deliveries.between(id, ...dates);
      },
    });
    const report = await reconcile(DAY_OF, NOON, { deliveries: failingFor((id) => id === odd.id) });
    expect(report).toMatchObject({ due: 1, sent: 1 });
    expect(memory.log.lines.find(({ event }) => event === 'reconcile.broken')?.fields.subscriber).toBe(odd.id);
    for (let n = 0; n < 100; n++) await reader({ address: `reader${n}@example.com` });
    await expect(reconcile(DAY_OF, NOON, { deliveries: failingFor(() => true) })).rejects.toThrow('cannot be read');
  });
});
