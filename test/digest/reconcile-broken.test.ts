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

  // reconcile.ts: takeReader passes over whatever is thrown; or over no broken row; or over any number of them
  it('does not stop at rows that cannot be read, unless nearly none can', async () => {
    const { memory, reader, enter, reconcile } = await aNight();
    const odd = await reader({ address: 'odd@example.com' });
    await enter(await reader({ address: 'fine@example.com' }));
    const broken = Object.assign(new Error('stored row cannot be read'), { name: 'BrokenRow' });
    const failing = (is: (id: string) => boolean, error: Error) => ({
      ...memory.deliveries,
      between: async (...[id, ...dates]: Parameters<typeof memory.deliveries.between>) => {
        if (is(id)) throw error;
        return memory.deliveries.between(id, ...dates);
      },
    });
    const report = await reconcile(DAY_OF, NOON, { deliveries: failing((id) => id === odd.id, broken) });
    expect(report).toMatchObject({ due: 1, sent: 1 });
    expect(memory.log.lines.find(({ event }) => event === 'reconcile.broken')?.fields.subscriber).toBe(odd.id);
    const throttled = failing((id) => id === odd.id, new Error('throttled'));
    await expect(reconcile(DAY_OF, NOON, { deliveries: throttled })).rejects.toThrow('throttled');
    for (let n = 0; n < 100; n++) await reader({ address: `reader${n}@example.com` });
    await expect(reconcile(DAY_OF, NOON, { deliveries: failing(() => true, broken) })).rejects.toThrow(
      'cannot be read',
    );
  });
});
