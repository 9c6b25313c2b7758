/** Sends requests to the gateway as users do. */
package delivery.gateway;
