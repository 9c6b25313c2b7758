package delivery.argocd;

import delivery.failure.EnvironmentNotFit;
import delivery.http.PemTrust;
import delivery.http.Proxies;
import delivery.http.ReadRetryInterceptor;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** The HTTP client for Argo CD: verifies TLS unless it is told not to, and sends nothing twice but what only reads. */
final class Transport {

    private Transport() {
    }

    /** @param longest for a call, with its repetitions */
    static OkHttpClient client(Login login, Duration readAgainAfter, Duration longest) {
        OkHttpClient.Builder client = ReadRetryInterceptor.in(new OkHttpClient.Builder(), readAgainAfter)
                .connectTimeout(Duration.ofSeconds(5))
                // A refresh is answered when Argo CD has compared.
                .readTimeout(Duration.ofSeconds(60))
                .callTimeout(longest)
                .retryOnConnectionFailure(false)
                .proxyAuthenticator(Proxies::authorized)
                .followRedirects(false);
        try {
            if (login.insecure()) {
                X509TrustManager all = new TrustsAll();
                client.sslSocketFactory(PemTrust.context(all).getSocketFactory(), all)
                        .hostnameVerifier((host, session) -> true);
            } else if (login.certificate().isPresent()) {
                PemTrust.in(client, login.certificate().get());
            }
        } catch (GeneralSecurityException | IOException unusable) {
            throw new EnvironmentNotFit("The certificate file cannot be used: " + unusable.getMessage(),
                    "Set ARGOCD_SERVER_CRT to a PEM file with the certificate of Argo CD or of its authority",
                    unusable);
        }
        return client.build();
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
