/**
 * Sessions of other processes: a control channel on a Unix-domain socket, served by one thread, and two rings in shared
 * memory for each session, which the kernel reads and writes itself. Every client is taken for hostile: what it can do
 * wrong ends its own session and nobody else's.
 */
package org.carillon.transport.shm;
