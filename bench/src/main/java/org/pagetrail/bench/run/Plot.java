package org.pagetrail.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over two logarithmic axes, as SVG. */
final class Plot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 460;
  private static final int LEFT = 80;
  private static final int RIGHT = 210;
  private static final int TOP = 40;
  private static final int BOTTOM = 60;
  private static final int LABEL_HEIGHT = 15;
  private static final String[] COLOURS = {
    "#1b6ca8", "#c0392b", "#27803b", "#8e44ad", "#b9770e", "#16a085", "#5d6d7e", "#7b241c"
  };

  private final String title;
  private final String xName;
  private final String yName;
  private final List<Line> lines = new ArrayList<>();

  /** A point; both above zero. */
  record Point(double x, double y) {}

  private record Line(String name, List<Point> points) {}

  Plot(String title, String xName, String yName) {
    this.title = title;
    this.xName = xName;
    this.yName = yName;
  }

  Plot line(String name, List<Point> points) {
    if (!points.isEmpty()) {
      lines.add(new Line(name, List.copyOf(points)));
    }
    return this;
  }

  /** The picture. */
  String toSvg() {
    List<Point> all = lines.stream().flatMap(line -> line.points().stream()).toList();
    int fromX = (int) Math.floor(log(all.stream().mapToDouble(Point::x).min().orElse(1)));
    int toX = (int) Math.ceil(log(all.stream().mapToDouble(Point::x).max().orElse(10)));
    int fromY = (int) Math.floor(log(all.stream().mapToDouble(Point::y).min().orElse(1)));
    int toY = (int) Math.ceil(log(all.stream().mapToDouble(Point::y).max().orElse(10)));
    Axes axes = new Axes(fromX, Math.max(toX, fromX + 1), fromY, Math.max(toY, fromY + 1));
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="white"/>
        <text x="%d" y="22" font-size="15">%s</text>
        """
            .formatted(WIDTH, HEIGHT, LEFT, escaped(title)));
    axes.draw(svg);
    int label = TOP + LABEL_HEIGHT;
    for (int i = 0; i < lines.size(); i++) {
      String colour = COLOURS[i % COLOURS.length];
      draw(lines.get(i), colour, axes, svg);
      svg.append(text(WIDTH - RIGHT + 32, label, "start", lines.get(i).name()));
      svg.append(
          "<path d=\"M%d %dh20\" stroke=\"%s\" stroke-width=\"3\"/>\n"
              .formatted(WIDTH - RIGHT + 8, label - 4, colour));
      label += LABEL_HEIGHT + 4;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void draw(Line line, String colour, Axes axes, StringBuilder svg) {
    StringBuilder path = new StringBuilder();
    for (Point point : line.points()) {
      String x = number(axes.x(point.x()));
      String y = number(axes.y(point.y()));
      path.append(path.isEmpty() ? "M" : "L").append(x).append(' ').append(y);
      svg.append("<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\"/>\n".formatted(x, y, colour));
    }
    svg.append(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n"
            .formatted(path, colour));
  }

  /** Decades along both sides. */
  private final class Axes {
    private final int fromX;
    private final int toX;
    private final int fromY;
    private final int toY;

    private Axes(int fromX, int toX, int fromY, int toY) {
      this.fromX = fromX;
      this.toX = toX;
      this.fromY = fromY;
      this.toY = toY;
    }

    private double x(double value) {
      return LEFT + (log(value) - fromX) / (toX - fromX) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
      return HEIGHT - BOTTOM - (log(value) - fromY) / (toY - fromY) * (HEIGHT - TOP - BOTTOM);
    }

    private void draw(StringBuilder svg) {
      for (int decade = fromX; decade <= toX; decade++) {
        String x = number(x(Math.pow(10, decade)));
        svg.append(
            "<path d=\"M%s %dV%d\" stroke=\"#dddddd\"/>\n".formatted(x, TOP, HEIGHT - BOTTOM));
        svg.append(power(Double.parseDouble(x), HEIGHT - BOTTOM + 18, "middle", decade));
      }
      for (int decade = fromY; decade <= toY; decade++) {
        String y = number(y(Math.pow(10, decade)));
        svg.append(
            "<path d=\"M%d %sH%d\" stroke=\"#dddddd\"/>\n".formatted(LEFT, y, WIDTH - RIGHT));
        svg.append(power(LEFT - 8, Double.parseDouble(y) + 4, "end", decade));
      }
      double middle = LEFT + (WIDTH - LEFT - RIGHT) / 2.0;
      svg.append(text(middle, HEIGHT - 16, "middle", xName));
      svg.append(
          "<text transform=\"translate(20 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n"
              .formatted(TOP + (HEIGHT - TOP - BOTTOM) / 2, escaped(yName)));
    }
  }

  private static String power(double x, double y, String anchor, int exponent) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">10<tspan dy=\"-5\" font-size=\"9\">%d</tspan></text>\n"
        .formatted(number(x), number(y), anchor, exponent);
  }

  private static String text(double x, double y, String anchor, String text) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
        .formatted(number(x), number(y), anchor, escaped(text));
  }

  private static double log(double value) {
    return Math.log10(value);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
