package $package$;

import java.io.IOException;

/** Bytes are not what their class says. */
public final class WireException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    /** Made by decoders, and by channels for replies that are broken. */
    public WireException(long offset, String reason) {
        super(reason + ", offset=" + offset);
        this.offset = offset;
    }

    /** Where it was seen, in bytes from the start of the value. */
    public long offset() {
        return offset;
    }
}
