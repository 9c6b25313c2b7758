/** Parts that the HTTP clients share: proxies, trusted certificates, and the repetition of reads. */
package delivery.http;
