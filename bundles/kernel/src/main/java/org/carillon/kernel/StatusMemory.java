package org.carillon.kernel;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import org.carillon.platform.Platform;
import org.carillon.platform.ipc.MemoryFile;
import org.carillon.protocol.StatusPage;

/** Where the status page lies: in a memory file that other processes can map and only read, or in plain memory. */
final class StatusMemory implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StatusMemory.class.getName());
    private static final int PAGE_LENGTH = 4096;

    private final StatusPage page;
    private final MemoryFile file;

    /** A page in memory of this process alone. */
    StatusMemory(StatusPage page) {
        this.page = page;
        file = null;
    }

    private StatusMemory(MemoryFile file) throws IOException {
        this.file = file;
        page = new StatusPage(file.map(Arena.ofAuto(), true));
        file.seal(MemoryFile.SEAL_SHRINK | MemoryFile.SEAL_GROW | MemoryFile.SEAL_FUTURE_WRITE
                | MemoryFile.SEAL_SEALS);
    }

    static StatusMemory on(Platform platform) {
        if (platform.isNative()) {
            try {
                return new StatusMemory(MemoryFile.create("carillon-status", StatusPage.LENGTH));
            } catch (IOException e) {
                LOG.log(Level.WARNING, "status page is for this process alone: reason={0}", e.getMessage());
            }
        }
        return new StatusMemory(new StatusPage(Arena.ofAuto().allocate(StatusPage.LENGTH, PAGE_LENGTH)));
    }

    StatusPage page() {
        return page;
    }

    /** -1 where there is none. */
    int descriptor() {
        return file == null ? -1 : file.descriptor();
    }

    /** Gives the descriptor back; the page stays as long as somebody has it. */
    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
