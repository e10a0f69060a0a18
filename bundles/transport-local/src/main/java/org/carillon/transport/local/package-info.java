/** Sessions of programs that live in the server's JVM: two rings and a place to sleep each. */
package org.carillon.transport.local;
