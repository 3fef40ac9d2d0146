using ChatOps.Fleet;
using ChatOps.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Fleet;

public sealed class SelectorTests
{
    private static readonly NodeInfo[] Nodes =
    [
        Node("db-1", NodeState.Online, "env=prod", "role=db") with { Groups = ["back"] },
        Node("local", NodeState.Online),
        Node("web-1", NodeState.Online, "env=prod", "role=web", "topology/zone=eu:1") with { Groups = ["front"] },
        Node("web-2", NodeState.Drained, "env=staging", "role=web") with { Groups = ["front"] },
        Node("web-prod", NodeState.Offline, "env=production", "role=web"),
    ];

    [Theory]
    [InlineData("all", "db-1 local web-1 web-2 web-prod")]
    [InlineData("local", "local")]
    [InlineData("node=local", "local")]
    [InlineData("node!=local", "db-1 web-1 web-2 web-prod")]
    [InlineData("web-*", "web-1 web-2 web-prod")]
    [InlineData("*-1", "db-1 web-1")]
    [InlineData("*", "db-1 local web-1 web-2 web-prod")]
    [InlineData("env=prod", "db-1 web-1")]
    [InlineData("env==prod", "db-1 web-1")]
    [InlineData("env=prod*", "db-1 web-1 web-prod")]
    [InlineData("env!=prod", "local web-2 web-prod")]
    [InlineData("env=*", "db-1 web-1 web-2 web-prod")]
    [InlineData("env!=*", "local")]
    [InlineData("env in (prod, staging)", "db-1 web-1 web-2")]
    [InlineData("env notin (prod,staging)", "local web-prod")]
    [InlineData("node in (db-1,web-*)", "db-1 web-1 web-2 web-prod")]
    [InlineData("env=prod,role=web", "web-1")]
    [InlineData(" env = prod , role = web ", "web-1")]
    [InlineData("env=prod,env=staging", "")]
    [InlineData("all,role=web,!drained", "web-1 web-prod")]
    [InlineData("drained", "web-2")]
    [InlineData("!drained", "db-1 local web-1 web-prod")]
    [InlineData("! drained,web-*", "web-1 web-prod")]
    [InlineData("topology/zone=eu:1", "web-1")]
    [InlineData("env=PROD", "")]
    [InlineData("Env=prod", "")]
    [InlineData("nowhere", "")]
    [InlineData("@front", "web-1 web-2")]
    [InlineData("group=front", "web-1 web-2")]
    [InlineData("group=f*", "web-1 web-2")]
    [InlineData("group in (front,back)", "db-1 web-1 web-2")]
    [InlineData("group!=front", "db-1 local web-prod")]
    [InlineData("@front,!drained", "web-1")]
    [InlineData("@front,@back", "")]
    public void A_selector_means_exactly_these_nodes(string text, string names)
    {
        Assert.True(Selector.TryParse(text, out var selector, out var error), error);
        Assert.Equal(names, string.Join(' ', selector.Of(Nodes).Select(n => n.Name)));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    [InlineData(",", "cannot read")]
    [InlineData("web-1,", "cannot read")]
    [InlineData(",web-1", "cannot read")]
    [InlineData("a,,b", "cannot read")]
    [InlineData("web-1 web-2", "comma")]
    [InlineData("env=", "comma")]
    [InlineData("=prod", "cannot read")]
    [InlineData("env=prod role=web", "comma")]
    [InlineData("env=a=b", "comma")]
    [InlineData("env in", "comma")]
    [InlineData("env in ()", "comma")]
    [InlineData("env in (a,)", "comma")]
    [InlineData("env in (a b)", "comma")]
    [InlineData("!web-1", "cannot read")]
    [InlineData("@", "cannot read")]
    [InlineData("@ front", "cannot read")]
    [InlineData("@Front", "cannot be a group")]
    [InlineData("group=a:b", "cannot be a group")]
    [InlineData("@front=x", "comma")]
    [InlineData("!drainedx", "cannot read")]
    [InlineData("env>prod", "comma")]
    [InlineData("env=$(id)", "comma")]
    [InlineData("web-1;rm", "comma")]
    [InlineData("web-1\nweb-2", "comma")]
    [InlineData("web-1\0", "comma")]
    [InlineData("wéb", "comma")]
    [InlineData("ALL", "lower case")]
    [InlineData("Web-1", "lower case")]
    [InlineData("node=Web-1", "lower case")]
    [InlineData("node in (web-1,DB)", "lower case")]
    [InlineData("zone/a", "cannot be a node")]
    [InlineData("node=a:b", "cannot be a node")]
    [InlineData("e*v=prod", "key cannot be a pattern")]
    [InlineData("*!=prod", "key cannot be a pattern")]
    public void What_cannot_be_read_says_what_is_wrong(string text, string reason)
    {
        Assert.False(Selector.TryParse(text, out var selector, out var error));
        Assert.Null(selector);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_selector_that_is_too_long_is_refused()
    {
        Assert.True(Selector.TryParse(new string('a', Selector.MaxLength), out _, out _));
        Assert.False(Selector.TryParse(new string('a', Selector.MaxLength + 1), out _, out var error));
        Assert.Contains("1024", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all", true)]
    [InlineData(" all , all ", true)]
    [InlineData("*", false)]
    [InlineData("node=all", false)]
    [InlineData("all,env=prod", false)]
    [InlineData("all=1", false)]
    public void Only_all_is_all(string text, bool all)
    {
        Assert.True(Selector.TryParse(text, out var selector, out _));
        Assert.Equal(all, selector.IsAll);
    }

    [Theory]
    [InlineData("web-9", "There is no node 'web-9'. Did you mean 'web-")]
    [InlineData("node in (web-1,dbx-1)", "There is no node 'dbx-1'. Did you mean 'db-1'? Nodes: db-1, local, web-1, web-2, web-prod.")]
    [InlineData("rol=web", "No node has a label 'rol'. Did you mean 'role'? Labels: env, role, topology/zone.")]
    [InlineData("env=prdo", "No node has env=prdo. Did you mean 'prod'? Values of env: prod, production, staging.")]
    [InlineData("role in (web,apo)", "No node has role=apo. ")]
    [InlineData("@fornt", "There is no group 'fornt'. Did you mean 'front'? Groups: front, back.")]
    [InlineData("web-1,group!=fornt", "There is no group 'fornt'. ")]
    public void What_does_not_exist_is_named_with_what_does(string text, string advice)
    {
        Assert.True(Selector.TryParse(text, out var selector, out _));
        Assert.StartsWith(advice, selector.Unknown(Nodes, ["front", "back"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web-1")]
    [InlineData("web-9*")]
    [InlineData("node!=web-9")]
    [InlineData("env!=qa")]
    [InlineData("nothing!=x")]
    [InlineData("env notin (qa,prod)")]
    [InlineData("env=prod,role=web,!drained")]
    [InlineData("@front,group!=back")]
    [InlineData("all")]
    public void What_exists_or_is_a_pattern_or_is_excluded_is_no_slip(string text)
    {
        Assert.True(Selector.TryParse(text, out var selector, out _));
        Assert.Null(selector.Unknown(Nodes, ["front", "back"]));
    }

    [Fact]
    public void Whatever_matches_a_node_and_names_no_more_than_there_is_has_no_advice() => Prop.ForAll(Selectors().ToArbitrary(), text =>
    {
        Assert.True(Selector.TryParse(text, out var selector, out _));
        var advice = selector.Unknown(Nodes, ["front", "back"]);
        // An answer is a sentence; and none is given about a selector of what exists alone.
        return advice is null || (advice.EndsWith('.') && advice.Contains('\'', StringComparison.Ordinal)) || advice.Contains('=', StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_canonical_form_parses_to_the_same_selector() => Prop.ForAll(Selectors().ToArbitrary(), text =>
    {
        if (!Selector.TryParse(text, out var selector, out _)) return false;
        return Selector.TryParse(selector.ToString(), out var again, out _)
            && again.Equals(selector) && again.GetHashCode() == selector.GetHashCode() && again.ToString() == selector.ToString()
            && again.Of(Nodes).SequenceEqual(selector.Of(Nodes));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_comma_is_an_intersection() => Prop.ForAll(Selectors().ToArbitrary(), Selectors().ToArbitrary(), (left, right) =>
    {
        if (left.Length + right.Length >= Selector.MaxLength) return true;
        Assert.True(Selector.TryParse(left, out var one, out _));
        Assert.True(Selector.TryParse(right, out var other, out _));
        Assert.True(Selector.TryParse(left + "," + right, out var both, out _));
        return both.Of(Nodes).SequenceEqual(one.Of(Nodes).Intersect(other.Of(Nodes)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_written_it_is_a_selector_or_an_error()
    {
        var pieces = Gen.Elements("a", "all", "env", "=", "!=", "==", "!", ",", "(", ")", " ", "in", "notin", "*", "drained", "\t", "é", "\0", "\\", "?", "[", "\ud83d");
        Prop.ForAll(pieces.ArrayOf().Select(string.Concat).ToArbitrary(), text =>
            Selector.TryParse(text, out var selector, out var error) ? error is null && selector.Of(Nodes).Count <= Nodes.Length : error!.Length > 0)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("*a")]
    [InlineData("a*,")]
    [InlineData("k in (v,v,v")]
    [InlineData("k in (")]
    [InlineData("k=v,")]
    [InlineData("! ")]
    [InlineData("k  in  ")]
    public void A_hostile_selector_is_answered_quickly(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Selector.MaxLength))[..Selector.MaxLength];
        var victim = Node(new string('a', 63), NodeState.Online, "k=" + new string('v', 63));

        // Normally well under a millisecond each; a blow-up would take hours.
        Assert.True(ThreadTime.Of(() =>
        {
            for (var i = 0; i < 20; i++)
            {
                if (Selector.TryParse(text, out var selector, out _)) selector.Matches(victim);
            }
        }) < TimeSpan.FromSeconds(10));
    }

    private static Gen<string> Selectors()
    {
        var value = Gen.Elements("prod", "prod*", "staging", "*", "web-*", "eu:1", "x.y_z", "1");
        var key = Gen.Elements("env", "role", "topology/zone", "all", "drained", "in", "A");
        var node = Gen.Elements("web-1", "web-*", "local", "*", "a.b_c-1", "in");
        var term = Gen.OneOf(
            Gen.Elements("all", "drained", "!drained", "! drained", "@front", "@f*", "group=back", "group!=front", "group in (front, b*)"),
            node,
            node.Select(n => $"node={n}"),
            from k in key from o in Gen.Elements("=", "==", "!=", " = ") from v in value select k + o + v,
            from k in key from o in Gen.Elements("in", "notin") from v in value.NonEmptyListOf() select $"{k} {o} ({string.Join(", ", v.Take(8))})");
        return term.NonEmptyListOf().Select(terms => string.Join(",", terms.Take(8)));
    }

    private static NodeInfo Node(string name, NodeState state, params string[] labels) => new(
        name, labels.Select(l => l.Split('=', 2)).ToDictionary(l => l[0], l => l[1]), state, new Dictionary<string, string>(), default);
}
