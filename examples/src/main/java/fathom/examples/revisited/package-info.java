/** The program that writes {@code docs/the-article-revisited.md}: what protocols conclude about models whose quality is known. */
@NullMarked
package fathom.examples.revisited;

import org.jspecify.annotations.NullMarked;
