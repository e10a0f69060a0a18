/** Clients that lie, stop and flood, beside those that only play and must not notice. */
package org.carillon.bench.enemies;
