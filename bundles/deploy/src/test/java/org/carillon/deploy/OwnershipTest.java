package org.carillon.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;

class OwnershipTest {
    private record User(String getName) implements UserPrincipal {}

    private static final User SELF = new User("pianist");
    private static final User ROOT = new User("root");
    private final Ownership ownership = new Ownership(SELF, ROOT);

    private static PosixFileAttributes file(User owner, String mode) {
        return (PosixFileAttributes) Proxy.newProxyInstance(OwnershipTest.class.getClassLoader(),
                new Class<?>[]{PosixFileAttributes.class}, (self, method, arguments) -> switch (method.getName()) {
                    case "owner" -> owner;
                    case "permissions" -> PosixFilePermissions.fromString(mode);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void shouldTakeWhatOnlyTheUserOrRootCanWriteTo() {
        for (String mode : new String[]{"rw-r--r--", "rw-------", "r--------", "rwxr-xr-x"}) {
            assertEquals("", ownership.objection(file(SELF, mode)));
            assertEquals("", ownership.objection(file(ROOT, mode)));
        }
    }

    @Test
    void shouldNameTheStrangerThatAFileBelongsTo() {
        assertEquals("must belong to the user who runs the server: owner=stranger, user=pianist",
                ownership.objection(file(new User("stranger"), "rw-r--r--")));
        assertEquals("must belong to the user who runs the server: owner=root, user=pianist",
                new Ownership(SELF, null).objection(file(ROOT, "rw-r--r--")));
    }

    @Test
    void shouldNameTheModeThatLetsOthersWrite() {
        for (String mode : new String[]{"rw-rw-r--", "rw-r--rw-", "rwxrwxrwx"}) {
            assertEquals("must be writable by its owner alone: mode=" + mode + ", owner=pianist",
                    ownership.objection(file(SELF, mode)));
        }
    }
}
