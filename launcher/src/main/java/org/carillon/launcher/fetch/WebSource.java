package org.carillon.launcher.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Debian's servers. */
final class WebSource implements PackageSource {
    private static final int CONNECT_LIMIT_MS = 10_000;
    private static final int READ_LIMIT_MS = 30_000;
    private static final int BLOCK_BYTES = 1 << 16;

    @Override
    public String name() {
        return "deb.debian.org";
    }

    @Override
    public Path get(Parcel wanted, Path folder, LongConsumer progress) throws IOException {
        Path file = folder.resolve(wanted.name() + ".deb");
        URI uri = URI.create(wanted.url());
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_LIMIT_MS);
        connection.setReadTimeout(READ_LIMIT_MS);
        try {
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("answer must be 200: answer=" + connection.getResponseCode() + ", url=" + uri);
            }
            try (InputStream in = connection.getInputStream(); OutputStream out = Files.newOutputStream(file)) {
                copy(in, out, wanted.lengthBytes(), progress);
            }
        } catch (UnknownHostException e) {
            throw new IOException("host cannot be found: host=" + uri.getHost(), e);
        } finally {
            connection.disconnect();
        }
        return file;
    }

    /** No more than the package has: what is longer is something else. */
    private static void copy(InputStream in, OutputStream out, long mostBytes, LongConsumer progress)
            throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        long done = 0;
        for (int length = in.read(block); length >= 0; length = in.read(block)) {
            done += length;
            if (done > mostBytes) {
                throw new IOException("package must have " + mostBytes + " bytes, it has more");
            }
            out.write(block, 0, length);
            progress.accept(done);
        }
    }
}
