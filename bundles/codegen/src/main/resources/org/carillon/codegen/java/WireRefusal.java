package $package$;

import java.io.IOException;
import java.util.Objects;

/** A request was understood and not granted. Thrown by handlers, and by clients when such an answer comes. */
public final class WireRefusal extends IOException {
    /** The bytes of the request are wrong, or nobody knows it. */
    public static final String WRONG_USAGE = "WRONG_USAGE";
    /** The caller may not do it. */
    public static final String REFUSED = "REFUSED";
    /** It was tried and did not work. */
    public static final String FAILED = "FAILED";

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * A refusal.
     *
     * @param code one word for programs.
     * @param message what was expected, for people.
     */
    public WireRefusal(String code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** One word for programs. */
    public String code() {
        return code;
    }
}
