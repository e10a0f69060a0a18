/** Requests to a server by its control channel, beside two processes that only send packets to and fro. */
package org.carillon.bench.rpc;
