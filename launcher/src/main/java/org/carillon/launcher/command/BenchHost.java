package org.carillon.launcher.command;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.carillon.api.session.Sessions;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.bench.hotload.HostMaker;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;

/** Hands the embedding API to the benchmarks, which stand below the launcher. */
public final class BenchHost implements HostMaker {
    @Override
    public Host start(Map<String, Map<String, Object>> configurations) {
        HostOptions options = HostOptions.temporary().without(HostOptions.WEB).withoutConfigurationFiles();
        for (Map.Entry<String, Map<String, Object>> each : configurations.entrySet()) {
            options = options.configuration(each.getKey(), each.getValue());
        }
        return new Running(CarillonHost.start(options));
    }

    @Override
    public Host shipped(Set<String> withoutBundles) {
        HostOptions options = HostOptions.temporary();
        for (String bundle : withoutBundles) {
            options = options.without(bundle);
        }
        return new Running(CarillonHost.start(options));
    }

    private record Running(CarillonHost host) implements Host {
        @Override
        public Sessions sessions() {
            return host.sessions();
        }

        @Override
        public StatusSnapshot status() {
            return host.status();
        }

        @Override
        public <T> T service(Class<T> type) {
            return host.service(type);
        }

        @Override
        public boolean awaitRest(Duration limit) {
            return host.awaitRest(limit);
        }

        @Override
        public void close() {
            host.close();
        }
    }
}
