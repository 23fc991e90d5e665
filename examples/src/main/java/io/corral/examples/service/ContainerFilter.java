package io.corral.examples.service;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/**
 * Handles each request in two containers at once: that of its tenant in the hierarchy {@code main}
 * and that of its endpoint in the hierarchy {@code endpoint}. Threads that the request starts
 * inherit both.
 */
@SuppressWarnings("serial") // never serialized
final class ContainerFilter extends HttpFilter {

    private final Hierarchy endpoints = Containers.hierarchy("endpoint");

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String tenant = request.getHeader(Shop.TENANT_HEADER);
        // Only known tenants get a container; otherwise clients could create any number of them.
        if (tenant == null || !Shop.TENANTS.contains(tenant)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        Container ofTenant = Containers.at("/tenants/" + tenant);
        Container ofEndpoint = endpoints.at(request.getServletPath());
        try (Scope scope = Containers.enter(ofTenant, ofEndpoint)) {
            chain.doFilter(request, response);
        }
    }
}
