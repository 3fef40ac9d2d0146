using ChatOps.Agent.Commands;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Agent.Commands;

public class QuotingTests
{
    private static readonly Gen<string> Piece = Gen.Elements(
        "ls", "grep", "-la", "--color=auto", "|", "&&", ";", "> /tmp/x", "\"foo bar\"", "'it is'", "\"it's\"", "\"a \\\" b\"", "\\'", "\\\"", "$(date)", "`id`",
        "${HOME}", "{a,b}", "*", "~", "#", "--", "--all", "--verbose", "-x", "=", "é", "日本", "@file", "[x]", "/path/to", "a=b", "\\\nx", "\"--on\"", "'--timeout'");

    private static readonly Gen<string> Gap = Gen.Elements(" ", "  ", "\t", "\n", " \n ");

    /// <summary>Command lines that close their quotes and name none of run's options themselves.</summary>
    private static Arbitrary<string> CommandLines() =>
        (from first in Gen.Elements("ls", "cat", "/bin/sh", "A=b", "\"my prog\" x", "$X", "(cd /tmp")
         from rest in Gen.ListOf(from gap in Gap from piece in Piece select gap + piece)
         select first + string.Concat(rest)).ToArbitrary();

    [Fact]
    public void Any_command_line_arrives_exactly_as_written_between_our_options() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(CommandLines(), line =>
        {
            var expected = line.TrimEnd();
            foreach (var text in new[] { $"/run {line} --on local", $"/run --on local {line}", $"/run --on local -- {line}", $"/run --timeout 5s {line} --on=local" })
            {
                var parsed = Line.Parse(text);
                if (!parsed.Understood || parsed.Arguments["command_line"] != expected || parsed.Arguments["on"] != "local") return false;
            }
            return true;
        }));

    [Fact]
    public void Any_words_quoted_for_a_shell_are_read_back_as_they_are() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<NonNull<string>[]>(words =>
        {
            var line = string.Join(' ', words.Select(w => ShellQuoting.Quote(w.Get)));
            return ChatWords.TrySplit(line, out var read, out _, out _) && read.Select(w => w.Text).SequenceEqual(words.Select(w => w.Get));
        }));

    [Fact]
    public void Any_text_at_all_is_understood_or_answered_and_never_throws() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll<NonNull<string>>(text =>
        {
            var parsed = Line.Parse("/" + text.Get);
            var run = Line.Parse("/run " + text.Get);
            return (parsed.Understood || parsed.Error.Length > 0) && (run.Understood || run.Error.Length > 0);
        }));

    [Fact]
    public void Any_value_of_an_option_arrives_when_it_is_quoted() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<NonNull<string>>(reason =>
        {
            var parsed = Line.Parse($"/deny ABC --reason={ShellQuoting.Quote(reason.Get)}");
            return parsed.Understood && parsed.Arguments["reason"] == reason.Get;
        }));

    [Fact]
    public void A_hostile_line_of_64_KiB_is_read_quickly()
    {
        foreach (var piece in new[] { "--on ", "\"a\" ", "a ", "\\ ", "--on=x ", "'" })
        {
            var cost = Testing.ThreadTime.Of(() => Line.Parse("/run " + string.Concat(Enumerable.Repeat(piece, 65_000 / piece.Length))));
            Assert.True(cost < TimeSpan.FromSeconds(1), $"{piece} took {cost}");
        }
    }
}
