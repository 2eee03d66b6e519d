// The first thing every npm script runs: plain JavaScript, so that any Node can read it and say what it needs.
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `broadsheet needs Node 24 or newer; this is ${process.version}. On Linux 'npm ci' brings it; elsewhere install it from nodejs.org.`,
  );
  process.exit(1);
}
const [name, ...rest] = process.argv.slice(2);
process.argv = [process.argv[0], process.argv[1], ...rest];
const { main } = await import(`./commands/${name}.ts`);
await main(rest);
