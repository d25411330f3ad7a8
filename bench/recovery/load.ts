import type pg from 'pg';

const megabyte = 1024 ** 2;

/** Rows of many kinds: short and long, wide and narrow, null, and text that is stored apart from its row. */
const tables = `
  SET search_path = public;
  CREATE TABLE IF NOT EXISTS customers (
    id bigint PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, born date, balance numeric(12, 2) NOT NULL,
    active boolean NOT NULL, labels text[], address jsonb NOT NULL);
  CREATE TABLE IF NOT EXISTS orders (
    id bigint PRIMARY KEY, customer bigint NOT NULL, placed timestamptz NOT NULL, state text NOT NULL, note text);
  CREATE INDEX IF NOT EXISTS orders_customer ON orders (customer);
  CREATE INDEX IF NOT EXISTS orders_placed ON orders (placed);
  CREATE TABLE IF NOT EXISTS order_lines (
    order_id bigint, line integer, sku text NOT NULL, quantity integer NOT NULL, price numeric(10, 2) NOT NULL,
    PRIMARY KEY (order_id, line));
  CREATE TABLE IF NOT EXISTS documents (id uuid PRIMARY KEY, name text NOT NULL, body text NOT NULL, thumbnail bytea);
  CREATE INDEX IF NOT EXISTS documents_name ON documents (name)`;

const batchCustomers = 2000;

/** From the number of the row alone, so that each load is the same. $1: the first number, $2: the last. */
const batch = [
  `INSERT INTO customers SELECT n, 'user' || n || '@' || md5(n::text) || '.example', initcap(left(md5('n' || n), 4 + n % 9)),
     CASE WHEN n % 7 > 0 THEN date '1950-01-01' + n % 20000 END, (hashint8(n) % 1000000) / 100.0, n % 3 > 0,
     CASE WHEN n % 4 > 0 THEN array_fill('label ' || n % 12, ARRAY[n % 4]) END,
     jsonb_build_object('street', md5('s' || n), 'number', n % 300, 'city', jsonb_build_object('zip', n % 99999, 'name', left(md5('c' || n % 500), 9)))
   FROM generate_series($1::integer, $2::integer) n`,
  `INSERT INTO orders SELECT n * 4 + k, n, timestamptz '2020-01-01 00:00:00Z' + (hashint8(n * 4 + k) & 134217727) * interval '1 second',
     (ARRAY['new', 'paid', 'sent', 'returned'])[1 + (n + k) % 4], CASE WHEN k = 0 THEN repeat(md5('o' || n), 1 + n % 5) END
   FROM generate_series($1::integer, $2::integer) n, generate_series(0, 3) k`,
  `INSERT INTO order_lines SELECT n * 4 + k % 4, k / 4, 'SKU-' || (hashint8(n * 12 + k) & 65535), 1 + k % 5, (hashint8(n + k) & 262143) / 100.0
   FROM generate_series($1::integer, $2::integer) n, generate_series(0, 11) k`,
  `INSERT INTO documents SELECT md5('d' || n)::uuid, 'document ' || n,
     (SELECT string_agg(md5(n || '.' || i), ' ') FROM generate_series(1, 2 + n % 100) i),
     CASE WHEN n % 5 = 0 THEN decode(repeat(md5('t' || n), 12), 'hex') END
   FROM generate_series($1::integer, $2::integer) n`,
];

const sizeMb = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query('SELECT pg_database_size(current_database())::float8 AS bytes');
  return rows[0].bytes / megabyte;
};

/** Adds batches until the database has that size, with its indexes. Gives the size that it has then. */
export const loadUntil = async (client: pg.Client, megabytes: number): Promise<number> => {
  await client.query(tables);
  const { rows } = await client.query('SELECT coalesce(max(id), 0)::float8 AS last FROM customers');
  let last: number = rows[0].last;
  for (;;) {
    const size = await sizeMb(client);
    if (size >= megabytes) return size;
    for (const sql of batch) await client.query(sql, [last + 1, last + batchCustomers]);
    last += batchCustomers;
  }
};
