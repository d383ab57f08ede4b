-- An indicator's name fits its level 2: no prices under quantity, no punctuality under quality.
with

indicators as (
    select * from core.indicators
),

words (level2_group, name_words, better_level) as (
    values
    ('数量', '成本|造价|单价|费用$|补助标准|补贴标准', '成本指标'),
    ('数量', '合格率|优良率|完好率|达标率', '质量指标'),
    ('数量', '及时率|及时性|完成时[间限]', '时效指标'),
    ('质量', '及时率|及时性|按时|按期|完成时[间限]', '时效指标'),
    ('质量', '成本|造价|单价', '成本指标'),
    ('时效', '合格率|优良率|完好率', '质量指标'),
    ('时效', '成本|造价|单价', '成本指标'),
    ('成本', '及时率|及时性|完成时[间限]', '时效指标'),
    ('成本', '合格率|优良率|完好率', '质量指标'),
    ('经济效益', '合格率|完成时[间限]|及时率', '产出指标'),
    ('社会效益', '合格率|完成时[间限]|及时率', '产出指标'),
    ('生态效益', '合格率|完成时[间限]|及时率', '产出指标'),
    ('可持续影响', '合格率|完成时[间限]|及时率', '产出指标')
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        '“' || coalesce(indicators.level2, indicators.level2_group) || '”下的“' || indicators.indicator_raw
        || '”，应列入' || words.better_level as figures,
        cast(null as decimal(24, 6)) as difference,
        indicators.indicator_raw as evidence
    from indicators
    inner join words
        on
            indicators.level2_group = words.level2_group
            and regexp_matches(indicators.indicator_raw, words.name_words)
)

select * from offending
