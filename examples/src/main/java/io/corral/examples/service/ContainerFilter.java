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
 * Works each request off in two containers at once: its tenant's in the hierarchy {@code main}, its
 * endpoint's in the hierarchy {@code endpoint}. Threads that the request starts are born there.
 */
@SuppressWarnings("serial") // nobody serializes a filter
final class ContainerFilter extends HttpFilter {

    private final Hierarchy endpoints = Containers.hierarchy("endpoint");

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String tenant = request.getHeader(Shop.TENANT_HEADER);
        // Only who is known gets a container: a header must not make them without end.
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
