using System.Text.Json.Nodes;

namespace ChatOps.Testing.Telegram;

/// <summary>
/// The shapes of the Bot API's methods: which parameters there are, of which types. The real server overlooks a parameter that it does not know; this one refuses it, because it is a mistake.
/// </summary>
internal sealed class TelegramShapes
{
    private readonly JsonObject methods;
    private readonly JsonObject types;

    private TelegramShapes(JsonObject root) => (methods, types) = (root["methods"]!.AsObject(), root["types"]!.AsObject());

    public static TelegramShapes Load()
    {
        using var stream = typeof(TelegramShapes).Assembly.GetManifestResourceStream("bot-api-shapes.json")!;
        return new TelegramShapes(JsonNode.Parse(stream)!.AsObject());
    }

    public bool Knows(string method) => methods.ContainsKey(method);

    /// <summary>Checks the parameters of a call.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">As JSON.</param>
    /// <param name="files">Names of parameters that came as files.</param>
    public void Check(string method, JsonObject parameters, IReadOnlyCollection<string> files) => CheckObject(method, methods[method]!.AsObject(), parameters, files);

    private void CheckObject(string where, JsonObject shape, JsonObject value, IReadOnlyCollection<string> files)
    {
        foreach (var (name, node) in value)
        {
            var type = (shape[name] ?? shape[name + "!"])?.GetValue<string>() ?? throw TelegramRefusedException.Bad($"{where} has no parameter '{name}'");
            var types = type.Split('|');
            var fits = types.Length == 1 ? Fits($"{where}.{name}", type, node) : types.Any(t => FitsOne($"{where}.{name}", t, node));
            if (!fits) throw TelegramRefusedException.Bad($"{where}.{name} must be {type}");
        }

        var missing = shape.Select(f => f.Key).FirstOrDefault(n => n.EndsWith('!') && !value.ContainsKey(n[..^1]) && !files.Contains(n[..^1]));
        if (missing is not null) throw TelegramRefusedException.Bad($"{where} needs '{missing[..^1]}'");
    }

    // Of several types one must fit; that another one does not is no mistake.
    private bool FitsOne(string where, string type, JsonNode? node)
    {
        try
        {
            return Fits(where, type, node);
        }
        catch (TelegramRefusedException)
        {
            return false;
        }
    }

    private bool Fits(string where, string type, JsonNode? node)
    {
        const string ArrayOf = "Array of ";
        if (type.StartsWith(ArrayOf, StringComparison.Ordinal)) return node is JsonArray array && array.All(n => Fits(where, type[ArrayOf.Length..], n));
        switch (type)
        {
            case "String": return node is JsonValue text && text.TryGetValue<string>(out _);
            case "Integer": return node is JsonValue number && number.TryGetValue<long>(out _);
            case "Float": return node is JsonValue real && real.TryGetValue<double>(out _);
            case "Boolean": return node is JsonValue truth && truth.TryGetValue<bool>(out _);
            case "InputFile": return false;
        }

        if (node is not JsonObject nested || types[type] is not JsonObject shape) return false;
        if (shape["any"] is JsonArray any) return any.Any(t => FitsOne(where, t!.GetValue<string>(), node));
        CheckObject(where, shape, nested, []);
        return true;
    }
}
