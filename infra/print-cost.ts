import { costTable } from './cost.ts';

const sizes = process.argv.slice(2).map(Number);
console.log(costTable(sizes.length > 0 ? sizes : [10_000, 1_000_000]));
