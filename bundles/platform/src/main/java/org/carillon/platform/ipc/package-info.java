/**
 * What processes of one machine need to meet: memory files that both map, sockets that carry packets and file
 * descriptors, a place to wait for many sockets, a lock. Linux only: {@link org.carillon.platform.Platform#isNative}
 * says whether these calls can be made; where it is false, none of them may be.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.platform.ipc;
