package org.carillon.it;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;

/** A client that sends a gigabyte piece by piece, and goes on though it has been refused, until nobody listens. */
final class GigabyteUpload {
    static final long BYTES = 1L << 30;
    private static final int PIECE_BYTES = 1 << 16;
    private static final int LIMIT_MS = 60_000;

    private final String requestLine;
    private final String header;
    private volatile long sentBytes;
    private volatile String answer = "";
    private volatile String end = "";

    /** @param header that says how long the body is, or does not. */
    GigabyteUpload(String requestLine, String header) {
        this.requestLine = requestLine;
        this.header = header;
    }

    /** Returns when the server has hung up, or has taken it all. */
    void send(URI to, HttpRequest.Builder login) {
        String password = login.build().headers().firstValue("Authorization").orElseThrow();
        try (Socket socket = new Socket(to.getHost(), to.getPort())) {
            socket.setSoTimeout(LIMIT_MS);
            OutputStream out = socket.getOutputStream();
            out.write((requestLine + "\r\nHost: " + to.getAuthority() + "\r\nAuthorization: " + password
                    + "\r\nContent-Type: application/octet-stream\r\n" + header + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            answer = new String(socket.getInputStream().readNBytes("HTTP/1.1 400".length()),
                    StandardCharsets.ISO_8859_1);
            sendBody(out);
        } catch (IOException e) {
            end = e.toString();
        }
    }

    private void sendBody(OutputStream out) throws IOException {
        boolean isChunked = header.endsWith("chunked");
        byte[] piece = new byte[PIECE_BYTES];
        while (sentBytes < BYTES) {
            if (isChunked) {
                out.write((Integer.toHexString(PIECE_BYTES) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            out.write(piece);
            if (isChunked) {
                out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
            sentBytes += PIECE_BYTES;
        }
    }

    /** Whether it was answered with a code of the client's fault, before anything of it was sent. */
    boolean isRefused() {
        return answer.matches("HTTP/1\\.[01] 4[0-9][0-9]");
    }

    /** How much the system took; the server has read less. */
    long sentBytes() {
        return sentBytes;
    }

    @Override
    public String toString() {
        return requestLine + ", " + header + ": answer=" + answer + ", sentBytes=" + sentBytes + ", end=" + end;
    }
}
