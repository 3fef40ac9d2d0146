using ChatOps.Policy;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Policy;

/// <summary>Laws that hold for every line.</summary>
public sealed class RiskPropertiesTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(5000);

    private static readonly string[] Pieces =
    [
        "ls", "cat", "rm", "grep", "awk", "find", "sudo", "xargs", "sh -c", "-rf", "-la", "--", "--color", "/", "/etc/shadow", "/var/log/*.log", "x", "'", "\"", "\\", "`", "$(", ")", "(", "${", "}", "{", "$x", "$((", "))",
        "|", "||", "&&", "&", ";", ";;", "\n", " ", "\t", ">", ">>", "<", "<<EOF", "<<<", "2>&1", ">/dev/null", "<(", "&>", "|&", "*", "?", "[a-z]", "[", "]", "~", "!", "#", "=", "A=b", "if", "then", "fi", "for", "in", "do", "done", "while",
        "case", "esac", "function", "f()", "{a,b}", "\0", "\u001b", "é", "\u202e", "\ud800", "'{print $1}'", "-exec", "{}", "+", "timeout 5", "docker exec web", "kubectl get", "secrets", "git -c",
    ];

    private static readonly string[] Reads = [.. EverydayLinesTests.Reads().Select(row => row.Data)];

    private static Gen<string> Hostile => Gen.Elements(Pieces).ListOf().Select(parts => string.Concat(parts));

    private static Gen<string> Spaced => Gen.Elements(Pieces).ListOf().Select(parts => string.Join(' ', parts));

    [Fact]
    public void Nothing_makes_it_throw_and_every_verdict_has_a_rule_and_a_reason()
    {
        Check.One(Many, Prop.ForAll(Gen.OneOf(Hostile, Spaced, ArbMap.Default.GeneratorFor<string>()).ToArbitrary(), line =>
        {
            var assessment = PolicyUnderTest.Risk.Assess(line);
            return assessment.Rule.Length > 0 && assessment.Reason.EndsWith('.') && (assessment.Risk != Risk.Read || assessment.Program is not null);
        }));
    }

    [Fact]
    public void A_program_written_back_and_read_again_is_the_same_program()
    {
        Check.One(Many, Prop.ForAll(Gen.OneOf(Hostile, Spaced, Gen.Elements(Reads)).ToArbitrary(), line =>
        {
            if (PolicyUnderTest.Risk.Assess(line) is not { Program: { } program } first) return true;
            var again = PolicyUnderTest.Risk.Assess(ShellText.Of(program));
            return again.Program is not null && ShellText.Shown(again.Program) == ShellText.Shown(program) && again.Risk == first.Risk;
        }));
    }

    [Fact]
    public void A_change_put_anywhere_between_the_words_of_a_read_never_reads()
    {
        var additions = new[] { ";rm x", "; rm x;", "&& rm x", "|| rm x", "| rm x", "| tee x", "\nrm x\n", "$(rm x)", "`rm x`", "& rm x", "> f", ">> f", "2> f", "<(rm x)", "$(", "$x", "${x}" };
        var cases = from line in Gen.Elements(Reads) from addition in Gen.Elements(additions) from at in Gen.Choose(0, 20) select (line, addition, at);
        Check.One(Many, Prop.ForAll(cases.ToArbitrary(), test =>
        {
            var words = Boundaries(test.line);
            var place = words[test.at % words.Count];
            return PolicyUnderTest.Risk.Assess(test.line.Insert(place, " " + test.addition + " ")).Risk != Risk.Read;
        }));
    }

    [Fact]
    public void Reads_joined_by_pipes_and_lists_are_a_read_unless_one_takes_input_from_the_net()
    {
        var quiet = Reads.Where(r => !r.Contains("openssl", StringComparison.Ordinal) && !r.StartsWith('!')).ToArray();
        var cases = from a in Gen.Elements(quiet) from b in Gen.Elements(quiet) from op in Gen.Elements(" | ", " && ", " || ", "; ") select a + op + b;
        Check.One(Many, Prop.ForAll(cases.ToArbitrary(), line => PolicyUnderTest.Risk.Assess(line).Risk == Risk.Read));
    }

    [Fact]
    public void A_forbidden_part_makes_the_whole_line_forbidden()
    {
        string[] never = ["rm -rf /", "reboot", "mkfs.ext4 /dev/sda", "cat /srv/gateway-data/x"];
        var cases = from a in Gen.Elements(Reads) from b in Gen.Elements(never) from form in Gen.Elements("{0}; {1}", "{0} && {1}", "{0} | {1}", "{1}; {0}", "({0}; {1})", "{0} $({1})", "if true; then {1}; fi", "sh -c '{1}'", "sudo {1}") select string.Format(null, form, a, b);
        Check.One(Many, Prop.ForAll(cases.ToArbitrary(), line => PolicyUnderTest.Risk.Assess(line).Risk == Risk.Forbidden));
    }

    /// <summary>The places between words that are not inside quotes.</summary>
    private static List<int> Boundaries(string line)
    {
        var places = new List<int> { line.Length };
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            if (quote != '\0') quote = line[i] == quote ? '\0' : quote;
            else if (line[i] is '\'' or '"') quote = line[i];
            else if (line[i] == '\\') i++;
            else if (line[i] == ' ' && i > 0) places.Add(i);
        }

        return places;
    }
}
