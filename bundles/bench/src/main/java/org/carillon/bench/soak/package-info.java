/** Many clients in three languages that come, stall and go, and books that must balance. */
package org.carillon.bench.soak;
