package org.pagetrail.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.IOptionRenderer;
import picocli.CommandLine.Help.IParameterRenderer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Lets the help flow: lines that a description has in the source are joined, so that they are
 * broken once; its first sentence becomes the header, which is what a list of commands shows.
 */
public final class HelpText extends Help {
  private static final String SENTENCE_END = ". ";

  private HelpText(CommandSpec command, ColorScheme colors) {
    super(command, colors);
  }

  /** Changes the help of a command and of those below it. */
  public static void flow(CommandLine command) {
    command.setHelpFactory(HelpText::new);
    command.getSubcommands().values().forEach(HelpText::flowBelow);
  }

  private static void flowBelow(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    String text = String.join(" ", usage.description());
    int end = text.indexOf(SENTENCE_END);
    usage.header(end < 0 ? text : text.substring(0, end + 1));
    usage.description(
        end < 0 ? new String[0] : new String[] {text.substring(end + SENTENCE_END.length())});
    command.getSubcommands().values().forEach(HelpText::flowBelow);
  }

  @Override
  public IOptionRenderer createDefaultOptionRenderer() {
    IOptionRenderer lines = super.createDefaultOptionRenderer();
    return (option, labels, colors) ->
        lines.render(
            option.description().length < 2
                ? option
                : option.toBuilder().description(joined(option)).build(),
            labels,
            colors);
  }

  @Override
  public IParameterRenderer createDefaultParameterRenderer() {
    IParameterRenderer lines = super.createDefaultParameterRenderer();
    return (parameter, labels, colors) ->
        lines.render(
            parameter.description().length < 2
                ? parameter
                : parameter.toBuilder().description(joined(parameter)).build(),
            labels,
            colors);
  }

  private static String joined(ArgSpec described) {
    return String.join(" ", described.description());
  }
}
