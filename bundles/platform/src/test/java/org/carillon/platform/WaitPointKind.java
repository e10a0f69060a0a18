package org.carillon.platform;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Each way of sleeping, for tests that all of them must pass. */
enum WaitPointKind {
    FUTEX, FUTEX_WITHOUT_WAITV, PARKING;

    WaitPoint create() {
        assumeTrue(this == PARKING || Platform.current().isNative(), "needs native calls");
        return switch (this) {
            case FUTEX -> new FutexWaitPoint(Libc.hasFutexWaitv());
            case FUTEX_WITHOUT_WAITV -> new FutexWaitPoint(false);
            case PARKING -> new ParkingWaitPoint();
        };
    }
}
