package org.carillon.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlatformTest {
    private final Platform current = Platform.current();

    @Test
    void shouldChooseOnce() {
        assertSame(current, Platform.current());
    }

    @Test
    void shouldNameSystemAndCalls() {
        assumeTrue(current.isNative(), "needs native calls");
        String architecture = System.getProperty("os.arch").replace("amd64", "x86_64");

        assertTrue(current.describe().startsWith("linux " + architecture + ", futex, "), current.describe());
        assertTrue(current.newWaitPoint() instanceof FutexWaitPoint);
    }

    @Test
    void shouldFallBackWhenAskedTo() {
        Platform platform = Platform.choose("plain", "Linux", "amd64");

        assertFalse(platform.isNative());
        assertEquals("plain Java: carillon.platform=plain", platform.describe());
    }

    @Test
    void shouldFallBackOnOtherSystems() {
        assertEquals("plain Java: no native calls for Mac OS X aarch64",
                Platform.choose(null, "Mac OS X", "aarch64").describe());
        assertEquals("plain Java: no native calls for Linux riscv64",
                Platform.choose(null, "Linux", "riscv64").describe());
    }

    @Test
    void shouldFallBackWhenNativeAccessIsDenied() throws IOException, InterruptedException {
        assumeTrue(current.isNative(), "needs native calls");

        assertEquals("plain Java: native access denied, start with --enable-native-access=ALL-UNNAMED",
                describeInNewProcess("--illegal-native-access=deny"));
    }

    @Test
    void shouldReadThePropertyInANewProcess() throws IOException, InterruptedException {
        assertEquals("plain Java: carillon.platform=plain", describeInNewProcess("-Dcarillon.platform=plain"));
    }

    @Test
    void shouldWorkInPlainJava() throws InterruptedException {
        Platform plain = Platform.plain();
        WaitPoint waitPoint = plain.newWaitPoint();
        waitPoint.warmUp();

        new Owner(waitPoint, waitPoint.word(), 50).wakeRepeatedly(50, waitPoint::wake);

        assertFalse(plain.isNative());
        assertEquals("plain Java: asked for", plain.describe());
        for (Grant grant : List.of(plain.timerSlack(1), plain.fifo(60), plain.normalPriority(), plain.lockMemory(),
                plain.unlockMemory())) {
            assertFalse(grant.granted());
            assertTrue(grant.message().contains("not available on this system"), grant.message());
            assertTrue(grant.message().endsWith("going on without"), grant.message());
        }
    }

    @Test
    void shouldSetTimerSlack() throws InterruptedException {
        Grant grant = askOnNewThread(platform -> platform.timerSlack(1));

        assertEquals(new Grant(true, "timer slack set: slackNs=1"), grant);
    }

    @Test
    void shouldGrantRealTimePriorityOrNameTheRight() throws InterruptedException {
        Grant grant = askOnNewThread(platform -> platform.fifo(60));

        assertTrue(grant.message().contains("priority=60"), grant.message());
        assertAnswers(grant, "SCHED_FIFO granted", "CAP_SYS_NICE");
    }

    @Test
    void shouldReturnToNormalPriority() throws InterruptedException {
        Grant grant = askOnNewThread(platform -> {
            platform.fifo(60);
            return platform.normalPriority();
        });

        assertEquals(new Grant(true, "normal priority set"), grant);
    }

    @Test
    void shouldLockMemoryOrNameTheRight() throws InterruptedException {
        Grant grant = askOnNewThread(Platform::lockMemory);
        Grant unlocked = askOnNewThread(Platform::unlockMemory);

        assertAnswers(grant, "memory locked", "CAP_IPC_LOCK");
        assertTrue(unlocked.granted(), unlocked.message());
    }

    @Test
    void shouldRefuseValuesOutOfRange() {
        for (Platform platform : List.of(current, Platform.plain())) {
            assertEquals("real-time priority must be 1 to 99: priority=0",
                    assertThrows(IllegalArgumentException.class, () -> platform.fifo(0)).getMessage());
            assertThrows(IllegalArgumentException.class, () -> platform.fifo(100));
            assertThrows(IllegalArgumentException.class, () -> platform.timerSlack(0));
        }
    }

    private static void assertAnswers(Grant grant, String whenGranted, String rightWhenRefused) {
        if (grant.granted()) {
            assertTrue(grant.message().startsWith(whenGranted), grant.message());
        } else {
            assertTrue(grant.message().contains("refused: errno="), grant.message());
            assertTrue(grant.message().contains("needs ") && grant.message().contains(rightWhenRefused),
                    grant.message());
            assertTrue(grant.message().contains("; going on "), grant.message());
        }
    }

    /** On a thread of its own, because what is granted stays with the thread. */
    private Grant askOnNewThread(Function<Platform, Grant> request) throws InterruptedException {
        assumeTrue(current.isNative(), "needs native calls");
        List<Grant> answers = new ArrayList<>();
        Thread thread = new Thread(() -> answers.add(request.apply(current)));
        thread.start();
        thread.join();
        return answers.getFirst();
    }

    private static String describeInNewProcess(String option) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, option, "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), DescribeMain.class.getName())
                .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes()).strip();
        process.waitFor();
        return output;
    }
}
