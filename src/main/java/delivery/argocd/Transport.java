package delivery.argocd;

import delivery.http.Proxies;
import delivery.http.RepeatedReads;
import delivery.verdict.EnvironmentNotFit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** The HTTP client for Argo CD: verifies TLS unless it is told not to, and sends nothing twice but what only reads. */
final class Transport {

    private Transport() {
    }

    static OkHttpClient client(Login login, Duration readAgainAfter) {
        OkHttpClient.Builder client = RepeatedReads.in(new OkHttpClient.Builder(), readAgainAfter)
                .connectTimeout(Duration.ofSeconds(5))
                // A refresh is answered when Argo CD has compared.
                .readTimeout(Duration.ofSeconds(60))
                .callTimeout(Duration.ofSeconds(90))
                .retryOnConnectionFailure(false)
                .proxyAuthenticator(Proxies::authorized)
                .followRedirects(false);
        try {
            if (login.insecure()) {
                X509TrustManager all = new TrustsAll();
                client.sslSocketFactory(context(all).getSocketFactory(), all).hostnameVerifier((host, session) -> true);
            } else if (login.certificate().isPresent()) {
                X509TrustManager trusted = trusting(login.certificate().get());
                client.sslSocketFactory(context(trusted).getSocketFactory(), trusted);
            }
        } catch (GeneralSecurityException | IOException unusable) {
            throw new EnvironmentNotFit("The certificate file cannot be used: " + unusable.getMessage(),
                    "Set ARGOCD_SERVER_CRT to a PEM file with the certificate of Argo CD or of its authority", unusable);
        }
        return client.build();
    }

    private static SSLContext context(X509TrustManager trusted) throws GeneralSecurityException {
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
                store.setCertificateEntry("argocd-" + number++, certificate);
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

    /** What ARGOCD_INSECURE asks for. */
    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
