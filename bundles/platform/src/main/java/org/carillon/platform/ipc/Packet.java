package org.carillon.platform.ipc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * One packet of a socket, outgoing or incoming: bytes, and file descriptors that travel with them (unix(7),
 * SCM_RIGHTS). Used again and again by one thread.
 *
 * <pre>
 *   struct msghdr: 0 name  8 its length  16 iov  24 iov count  32 control  40 control length  48 flags   (56 bytes)
 *   struct iovec:  0 base  8 length
 *   struct cmsghdr: 0 length  8 int32 level  12 int32 type  16 descriptors, int32 each
 * </pre>
 */
public final class Packet {
    /** Most bytes of a packet. */
    public static final int MAX_LENGTH = 64 * 1024;
    /** Most descriptors that travel with one packet. */
    public static final int MAX_DESCRIPTORS = 4;

    private static final int MSG_IOV = 16;
    private static final int MSG_IOVLEN = 24;
    private static final int MSG_CONTROL = 32;
    private static final int MSG_CONTROLLEN = 40;
    private static final int MSG_FLAGS = 48;
    private static final int IOVEC = 56;
    private static final int IOV_LEN = IOVEC + 8;
    private static final int CONTROL = 72;
    private static final int CMSG_TYPE = 12;
    private static final int CMSG_HEADER = 16;
    private static final int CONTROL_LENGTH = CMSG_HEADER + MAX_DESCRIPTORS * Integer.BYTES;
    private static final int HEAD_LENGTH = CONTROL + CONTROL_LENGTH;
    /** SOL_SOCKET below, SCM_RIGHTS above. */
    private static final long RIGHTS = 1L | 1L << 32;

    private static final long SOL_SOCKET = 1;
    private static final int MSG_CTRUNC = 8;
    private static final int MSG_TRUNC = 32;
    private static final long MSG_DONTWAIT = 64;
    private static final long MSG_NOSIGNAL = 0x4000;
    private static final long MSG_CMSG_CLOEXEC = 0x4000_0000;
    private static final int[] NONE = {};

    private final MemorySegment head = Arena.ofAuto().allocate(HEAD_LENGTH, Long.BYTES);
    private final MemorySegment bytes = Arena.ofAuto().allocate(MAX_LENGTH, Long.BYTES);
    private int lengthBytes;
    private int[] descriptors = NONE;
    private boolean truncated;

    public Packet() {
        head.set(ValueLayout.JAVA_LONG, MSG_IOV, head.address() + IOVEC);
        head.set(ValueLayout.JAVA_LONG, MSG_IOVLEN, 1);
        head.set(ValueLayout.JAVA_LONG, IOVEC, bytes.address());
    }

    /** Room for {@link #MAX_LENGTH} bytes, of which {@link #lengthBytes} are the packet. */
    public MemorySegment bytes() {
        return bytes;
    }

    /** Bytes of the packet. */
    public int lengthBytes() {
        return lengthBytes;
    }

    /** Says how many bytes are to be sent. */
    public Packet lengthBytes(int lengthBytes) {
        if (lengthBytes < 1 || lengthBytes > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "packet must have 1 to " + MAX_LENGTH + " bytes: lengthBytes=" + lengthBytes);
        }
        this.lengthBytes = lengthBytes;
        return this;
    }

    /** The descriptors that came with it; whoever receives owns them. */
    public int[] descriptors() {
        return descriptors.clone();
    }

    /** Says which descriptors go with it, as copies; this process keeps its own. */
    public Packet attach(int... toSend) {
        if (toSend.length > MAX_DESCRIPTORS) {
            throw new IllegalArgumentException("at most " + MAX_DESCRIPTORS
                    + " descriptors go with a packet: descriptors=" + toSend.length);
        }
        descriptors = toSend.clone();
        return this;
    }

    /** Forgets the descriptors, without closing them. */
    public Packet detach() {
        descriptors = NONE;
        return this;
    }

    /** Whether the sender's packet was longer than {@link #MAX_LENGTH}, or had too many descriptors. */
    public boolean isTruncated() {
        return truncated;
    }

    /** Gives back the descriptors that came with it. */
    public void closeDescriptors() {
        for (int descriptor : descriptors) {
            Descriptor.close(descriptor);
        }
        descriptors = NONE;
    }

    /** Gives one descriptor back that came with a packet. */
    public static void close(int descriptor) {
        Descriptor.close(descriptor);
    }

    /** Bytes sent, or an error number below zero. */
    long send(int socket, boolean waits) {
        head.set(ValueLayout.JAVA_LONG, IOV_LEN, lengthBytes);
        if (descriptors.length == 0) {
            control(0);
        } else {
            control(CMSG_HEADER + align(descriptors.length * Integer.BYTES));
            head.set(ValueLayout.JAVA_LONG, CONTROL, CMSG_HEADER + (long) descriptors.length * Integer.BYTES);
            head.set(ValueLayout.JAVA_LONG, CONTROL + 8, RIGHTS);
            MemorySegment.copy(descriptors, 0, head, ValueLayout.JAVA_INT, CONTROL + CMSG_HEADER, descriptors.length);
        }
        return Syscall.call(Syscall.SENDMSG, socket, head.address(), MSG_NOSIGNAL | (waits ? 0 : MSG_DONTWAIT));
    }

    /** Bytes received, 0 at the end, or an error number below zero. */
    long receive(int socket, boolean waits) {
        head.set(ValueLayout.JAVA_LONG, IOV_LEN, MAX_LENGTH);
        control(CONTROL_LENGTH);
        lengthBytes = 0;
        descriptors = NONE;
        long received = Syscall.call(Syscall.RECVMSG, socket, head.address(),
                MSG_CMSG_CLOEXEC | (waits ? 0 : MSG_DONTWAIT));
        if (received >= 0) {
            lengthBytes = (int) received;
            descriptors = head.get(ValueLayout.JAVA_LONG, MSG_CONTROLLEN) > CMSG_HEADER ? received() : NONE;
            truncated = (head.get(ValueLayout.JAVA_INT, MSG_FLAGS) & (MSG_TRUNC | MSG_CTRUNC)) != 0;
        }
        return received;
    }

    private int[] received() {
        long length = head.get(ValueLayout.JAVA_LONG, CONTROL);
        boolean isRights = head.get(ValueLayout.JAVA_INT, CONTROL + CMSG_TYPE) == (int) (RIGHTS >>> 32)
                && head.get(ValueLayout.JAVA_INT, CONTROL + 8) == SOL_SOCKET;
        int count = isRights ? (int) (length - CMSG_HEADER) / Integer.BYTES : 0;
        int[] found = new int[Math.min(count, MAX_DESCRIPTORS)];
        Arrays.setAll(found,
                i -> head.get(ValueLayout.JAVA_INT, CONTROL + CMSG_HEADER + (long) i * Integer.BYTES));
        return found;
    }

    private void control(int length) {
        head.set(ValueLayout.JAVA_LONG, MSG_CONTROL, length == 0 ? 0 : head.address() + CONTROL);
        head.set(ValueLayout.JAVA_LONG, MSG_CONTROLLEN, length);
    }

    private static int align(int length) {
        return length + Long.BYTES - 1 & -Long.BYTES;
    }
}
