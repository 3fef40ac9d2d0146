using System.Globalization;
using System.Text.Json;

namespace ChatOps.Mcp.Using;

/// <summary>Lists and objects.</summary>
internal sealed partial class ArgumentCheck
{
    private IEnumerable<string> List(JsonElement schema, JsonElement list, string at, int depth)
    {
        var items = list.EnumerateArray().ToList();
        if (Bound(schema, "minItems") is { } least && items.Count < least) yield return string.Create(CultureInfo.InvariantCulture, $"{Name(at)} must have at least {least} entries.");
        if (Bound(schema, "maxItems") is { } most && items.Count > most) yield return string.Create(CultureInfo.InvariantCulture, $"{Name(at)} must have at most {most} entries.");
        if (schema.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True && Twice(items)) yield return $"{Name(at)} must not have the same entry twice.";
        // What the drafts before 2020 wrote as a list under "items" is "prefixItems" since.
        var first = Schemas(schema, "prefixItems") is { Count: > 0 } prefix ? prefix : Schemas(schema, "items");
        JsonElement? rest = schema.TryGetProperty("items", out var all) && all.ValueKind != JsonValueKind.Array ? all : schema.TryGetProperty("additionalItems", out var more) && first.Count > 0 ? more : null;
        foreach (var (i, item) in items.Index())
        {
            if ((i < first.Count ? first[i] : rest) is not { } wanted) continue;
            foreach (var problem in Of(wanted, item, In(at, i), depth + 1)) yield return problem;
            if (tooMuch) yield break;
        }

        if (!schema.TryGetProperty("contains", out var contains)) yield break;
        var fit = items.Count(i => Of(contains, i, at, depth + 1).Count == 0);
        if (fit < (Bound(schema, "minContains") ?? 1)) yield return $"{Name(at)} lacks an entry of the form that it must contain.";
        if (fit > (Bound(schema, "maxContains") ?? int.MaxValue)) yield return $"{Name(at)} has too many entries of one form.";
    }

    private IEnumerable<string> Object(JsonElement schema, JsonElement value, string at, int depth)
    {
        var members = value.EnumerateObject().ToList();
        var names = members.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var missing in Words(schema, "required").Where(n => !names.Contains(n))) yield return $"'{In(at, missing)}' is missing.";
        if (Bound(schema, "minProperties") is { } least && members.Count < least) yield return string.Create(CultureInfo.InvariantCulture, $"{Name(at)} must have at least {least} members.");
        if (Bound(schema, "maxProperties") is { } most && members.Count > most) yield return string.Create(CultureInfo.InvariantCulture, $"{Name(at)} must have at most {most} members.");
        foreach (var dependency in Members(schema, "dependentRequired").Where(d => names.Contains(d.Name)))
            foreach (var missing in Words(dependency.Value).Where(n => !names.Contains(n))) yield return $"'{In(at, missing)}' is missing, which '{In(at, dependency.Name)}' needs.";
        foreach (var dependency in Members(schema, "dependentSchemas").Where(d => names.Contains(d.Name)))
            foreach (var problem in Of(dependency.Value, value, at, depth + 1)) yield return problem;
        foreach (var member in members)
        {
            foreach (var problem in Member(schema, member, at, depth)) yield return problem;
            if (tooMuch) yield break;
        }
    }

    private IEnumerable<string> Member(JsonElement schema, JsonProperty member, string at, int depth)
    {
        var here = In(at, member.Name);
        if (schema.TryGetProperty("propertyNames", out var names))
        {
            using var name = JsonSerializer.SerializeToDocument(member.Name);
            if (Of(names, name.RootElement, at, depth + 1).Count > 0) yield return $"'{here}' has a name that is not allowed.";
        }

        var known = false;
        foreach (var property in Members(schema, "properties").Where(p => p.Name == member.Name).Concat(Members(schema, "patternProperties").Where(p => Matches(p.Name, member.Name))))
        {
            known = true;
            foreach (var problem in Of(property.Value, member.Value, here, depth + 1)) yield return problem;
        }

        if (known || !schema.TryGetProperty("additionalProperties", out var others)) yield break;
        if (others.ValueKind == JsonValueKind.False) yield return $"'{here}' is not known there.";
        else foreach (var problem in Of(others, member.Value, here, depth + 1)) yield return problem;
    }

    private bool Twice(List<JsonElement> items)
    {
        for (var i = 1; i < items.Count; i++)
            for (var j = 0; j < i; j++)
            {
                if (++looks > MaxLooks) return tooMuch = true;
                if (JsonElement.DeepEquals(items[i], items[j])) return true;
            }

        return false;
    }

    private static IEnumerable<JsonProperty> Members(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var members) && members.ValueKind == JsonValueKind.Object ? members.EnumerateObject() : [];

    private static IEnumerable<string> Words(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var words) ? Words(words) : [];

    private static IEnumerable<string> Words(JsonElement words) =>
        words.ValueKind == JsonValueKind.Array ? words.EnumerateArray().Where(w => w.ValueKind == JsonValueKind.String).Select(w => w.GetString()!) : [];
}
