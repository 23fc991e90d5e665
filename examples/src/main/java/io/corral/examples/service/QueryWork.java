package io.corral.examples.service;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcConnectionPool;

/** Queries an embedded database, which is in memory, for the sales of each region. */
final class QueryWork implements Work {

    private static final int ARTICLES = 40;
    private static final int SALES_PER_ARTICLE = 250;
    private static final int REGIONS = 10;

    private final JdbcConnectionPool connections;

    QueryWork() throws SQLException {
        connections = JdbcConnectionPool.create(
                "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE", "sa", "");
        connections.setMaxConnections(64);
        fill();
    }

    private void fill() throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement ddl = connection.createStatement()) {
            ddl.execute("CREATE TABLE sale (article INT, region VARCHAR(20), cents BIGINT)");
            ddl.execute("CREATE INDEX by_article ON sale (article)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO sale VALUES (?, ?, ?)")) {
                for (int i = 0; i < ARTICLES * SALES_PER_ARTICLE; i++) {
                    insert.setInt(1, i % ARTICLES);
                    insert.setString(2, "region-" + i / ARTICLES % REGIONS);
                    insert.setLong(3, i);
                    insert.executeUpdate();
                }
            }
        }
    }

    @Override
    public String path() {
        return "/query";
    }

    @Override
    public String unit(int number) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT region, COUNT(*), SUM(cents) FROM sale"
                                + " WHERE article = ? GROUP BY region ORDER BY 3 DESC")) {
            select.setInt(1, number % ARTICLES);
            try (ResultSet rows = select.executeQuery()) {
                long cents = 0;
                while (rows.next()) {
                    cents += rows.getLong(3);
                }
                return Long.toString(cents);
            }
        }
    }
}
