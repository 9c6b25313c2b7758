package delivery.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ServerSocketFactory;

/**
 * A factory of sockets for a server without TLS that rejects a TLS connection, as real servers do: MockWebServer would
 * wait for the rest of the client's first message.
 */
final class PlainServerSockets extends ServerSocketFactory {

    private static final int TLS_HANDSHAKE = 0x16;

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new PlainServerSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port) {
        throw new UnsupportedOperationException("MockWebServer binds its socket itself");
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) {
        return createServerSocket(port);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
        return createServerSocket(port);
    }

    private static final class PlainServerSocket extends ServerSocket {

        PlainServerSocket() throws IOException {
        }

        @Override
        public Socket accept() throws IOException {
            while (true) {
                PeekedSocket client = new PeekedSocket();
                implAccept(client);
                if (client.peek() != TLS_HANDSHAKE) {
                    return client;
                }
                client.getOutputStream().write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                client.close();
            }
        }
    }

    private static final class PeekedSocket extends Socket {

        private PushbackInputStream input;

        int peek() throws IOException {
            input = new PushbackInputStream(super.getInputStream());
            setSoTimeout(5_000);
            int first = input.read();
            setSoTimeout(0);
            if (first >= 0) {
                input.unread(first);
            }
            return first;
        }

        @Override
        public InputStream getInputStream() {
            return input;
        }
    }
}
