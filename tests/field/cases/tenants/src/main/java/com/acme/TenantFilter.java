package com.acme;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keeps the tenant for the request, after Spring Security has authenticated it. */
@Component
final class TenantFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String tenant = request.getUserPrincipal().getName();
        TenantContext.TENANT.set(tenant);
        MDC.put("tenant", tenant);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove("tenant");
            TenantContext.TENANT.remove();
        }
    }
}
