/** What the death of clients, killed wherever they just were, does to those that live on, and to the server. */
package org.carillon.bench.kill;
