-- An indicator's name fits its level 2: no prices under quantity, no punctuality under quality.
with

indicators as (
    select * from staging.stg_indicators
),

words (level2_group, name_words, better_level) as (
    values
    ('数量', '成本|造价|单价|费用$|^(?:每|单)[一-龥]{1,8}(?:费|经费|金额|价格)$|补助标准|补贴标准', '成本指标'),
    ('数量', '合格率|优良率|完好率|达标率', '质量指标'),
    ('数量', '及时率|及时性|(?:完成|完工|竣工|开工|验收|交付|到位|拨付|发放|完结)(?:时[间限]|日期)$', '时效指标'),
    ('质量', '(?:完成|完工|竣工|开工|验收|交付|到位|拨付|发放|完结)(?:时[间限]|日期)$', '时效指标'),
    ('质量', '成本|造价|单价|^(?:每|单)[一-龥]{1,8}(?:费|经费|金额|价格)$', '成本指标'),
    ('时效', '合格率|优良率|完好率', '质量指标'),
    ('时效', '成本|造价|单价|^(?:每|单)[一-龥]{1,8}(?:费|经费|金额|价格)$', '成本指标'),
    ('成本', '及时率|及时性|(?:完成|完工|竣工|开工|验收|交付|到位|拨付|发放|完结)(?:时[间限]|日期)$', '时效指标'),
    ('成本', '合格率|优良率|完好率', '质量指标'),
    ('经济效益', '合格率|(?:完成|完工|竣工|开工|验收|交付|到位|拨付|发放|完结)(?:时[间限]|日期)$|及时率', '产出指标'),
    ('经济效益', '造价$|单价$', '成本指标'),
    ('社会效益', '合格率|(?:完成|完工|竣工|开工|验收|交付|到位|拨付|发放|完结)(?:时[间限]|日期)$|及时率', '产出指标'),
    ('社会效益', '造价$|单价$', '成本指标'),
    ('生态效益', '合格率|(?:完成|完工|竣工|开工|验收|交付|到位|拨付|发放|完结)(?:时[间限]|日期)$|及时率', '产出指标'),
    ('生态效益', '造价$|单价$', '成本指标'),
    ('可持续影响', '合格率|(?:完成|完工|竣工|开工|验收|交付|到位|拨付|发放|完结)(?:时[间限]|日期)$|及时率', '产出指标'),
    ('可持续影响', '造价$|单价$', '成本指标')
),

-- A pattern from a column is compiled anew for every row: so for every different name only.
names as (
    select distinct
        level2_group,
        indicator_raw
    from indicators
),

misplaced as (
    select
        names.level2_group,
        names.indicator_raw,
        words.better_level
    from names
    inner join words
        on
            names.level2_group = words.level2_group
            and regexp_matches(names.indicator_raw, words.name_words)
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        '“' || coalesce(indicators.level2, indicators.level2_group) || '”下的“' || indicators.indicator_raw
        || '”，应列入' || misplaced.better_level as figures,
        cast(null as decimal(24, 6)) as difference,
        indicators.indicator_raw as evidence
    from indicators
    inner join misplaced
        on
            indicators.level2_group = misplaced.level2_group
            and indicators.indicator_raw = misplaced.indicator_raw
)

select * from offending
