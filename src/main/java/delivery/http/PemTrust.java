package delivery.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Trusts the certificates of a PEM file, and no others. Host names are verified as usual. */
public final class PemTrust {

    private PemTrust() {
    }

    /**
     * Makes a client trust the certificates of a file.
     *
     * @throws GeneralSecurityException if there is no certificate in the file
     * @throws IOException              if it cannot be read
     */
    public static OkHttpClient.Builder in(OkHttpClient.Builder client, Path pem)
            throws GeneralSecurityException, IOException {
        X509TrustManager trusted = trusting(pem);
        return client.sslSocketFactory(context(trusted).getSocketFactory(), trusted);
    }

    /** Returns a TLS context that uses this trust manager. */
    public static SSLContext context(X509TrustManager trusted) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trusted}, null);
        return context;
    }

    private static X509TrustManager trusting(Path pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream file = Files.newInputStream(pem)) {
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("trusted-" + number++, certificate);
            }
        }
        if (store.size() == 0) {
            throw new CertificateException("there is no certificate in " + pem);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers()).filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast).findFirst().orElseThrow();
    }
}
