package org.carillon.sampler.graph;

import java.lang.foreign.Arena;
import org.carillon.api.driver.Driver;
import org.carillon.api.port.Attachment;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.ServerClock;
import org.carillon.sampler.SamplerStatistics;
import org.carillon.sampler.output.DurationSummary;
import org.carillon.sampler.output.OutputState;
import org.carillon.sampler.output.OutputStatistics;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Publishes a sampler as a destination. The audio thread takes events out of the ring itself; nothing wakes it, for it
 * comes by itself, block after block.
 */
@Component(service = {Driver.class, SamplerStatus.class}, configurationPid = SamplerDriver.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SamplerConfig.class, factory = true)
public final class SamplerDriver implements Driver, SamplerStatus {
    static final String PID = "org.carillon.sampler";
    /** Two thousand short messages. */
    private static final int RING_BYTES = 1 << 16;
    private static final System.Logger LOG = System.getLogger(SamplerDriver.class.getName());
    private static final DurationSummary NO_TIMES = new DurationSummary(0, 0, 0, 0, 0, 0);

    private final String name;
    private volatile SamplerSettings settings;
    private volatile Stage stage;
    private volatile RingFeed feed;

    /** Checks the configuration; opens nothing. */
    @Activate
    public SamplerDriver(SamplerConfig config) {
        settings = SamplerSettings.of(config);
        name = "sampler " + settings.name();
    }

    /** Changes what can be changed while notes sound; a configuration with a mistake changes nothing. */
    @Modified
    void modified(SamplerConfig config) {
        try {
            settings = SamplerSettings.of(config);
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.ERROR, "sampler keeps its former configuration: reason=" + e.getMessage());
            return;
        }
        Stage open = stage;
        if (open != null) {
            open.change(settings);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void open(Attachment ports, Doorbell bell, ServerClock clock) {
        Doorbell noBell = new Doorbell(Arena.ofAuto().allocate(Doorbell.WORD_LENGTH, Doorbell.WORD_LENGTH), () -> {});
        LocalRing ring = new LocalRing(RING_BYTES, noBell);
        ChannelMemory memory = new ChannelMemory();
        feed = new RingFeed(ring, clock, memory);
        stage = new Stage(settings, feed, memory, new StagePort(ports, ring));
    }

    @Override
    public void close() {
        Stage open = stage;
        stage = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public Report report() {
        Stage open = stage;
        Stage.Playing playing = open == null ? null : open.playing();
        if (playing == null) {
            return new Report(settings.name(), "", "", open == null ? OutputState.CLOSED : OutputState.READY,
                    open == null ? "" : open.trouble(), 0, 0, 0, 0, 0, new SamplerStatistics(0, 0, 0, 0, 0, 0),
                    new OutputStatistics(0, 0, 0, 0, 0, 0, 0, NO_TIMES, NO_TIMES));
        }
        TimedSampler timed = playing.timed();
        return new Report(settings.name(), open.instrumentName(), playing.line().output.name(),
                playing.line().output.state(), open.trouble(), playing.sampler().options().sampleRateHz(),
                timed.latencyFrames(),
                playing.formerMessages() + timed.messages(), playing.formerLateMessages() + timed.lateMessages(),
                feed.ignored(), playing.sampler().statistics(), playing.line().output.statistics());
    }
}
