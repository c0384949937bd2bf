/**
 * The index in SQLite: schema, conversion of older schemas, and one class per table. No type of JDBC leaves this
 * package.
 */
@NullMarked
package fathom.datasets.sqlite;

import org.jspecify.annotations.NullMarked;
