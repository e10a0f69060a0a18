package org.carillon.sampler.graph;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.carillon.sampler.builtin.BuiltInInstrument;
import org.carillon.sampler.format.InstrumentLoader;
import org.carillon.sampler.format.Loaded;
import org.carillon.sampler.instrument.Instrument;

/** Fetches the instrument of a configuration. */
final class InstrumentShelf {
    private static final System.Logger LOG = System.getLogger(InstrumentShelf.class.getName());
    private static final int MEGABYTE_SHIFT = 20;

    private InstrumentShelf() {}

    /** @throws IOException where there is nothing to play; its message is for people. */
    static Instrument fetch(SamplerSettings settings) throws IOException {
        if (settings.instrument().equals(SamplerSettings.BUILT_IN)) {
            return BuiltInInstrument.create();
        }
        try {
            Path path = Path.of(settings.instrument());
            if (!Files.exists(path)) {
                throw new IOException("file or folder must exist: instrument=" + path.toAbsolutePath());
            }
            Loaded loaded = InstrumentLoader.load(path, settings.programs());
            if (!loaded.notices().isEmpty()) {
                LOG.log(Level.INFO, "instrument sounds otherwise than its file says: findings="
                        + loaded.notices().size() + ", first=" + loaded.notices().getFirst());
            }
            return loaded.instrument();
        } catch (InvalidPathException e) {
            throw new IOException("instrument must be a path: " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new IOException("instrument needs more memory than Java may take, name only the programs that are "
                    + "needed or raise -Xmx: instrument=" + settings.instrument() + ", mostMegabytes="
                    + (Runtime.getRuntime().maxMemory() >> MEGABYTE_SHIFT), e);
        }
    }
}
